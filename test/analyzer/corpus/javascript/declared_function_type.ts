// expect function javascript.shorten
// expect inputs text, length
// expect input text {"type":"string","required":true}
// expect input length {"type":"float","required":true}
// expect output text {"type":"string","required":true}
// expect output is_cut {"type":"boolean","required":true}
// call {"text":"abcdef","length":3} => {"text":"abc","is_cut":true}
type Shorten = (inputs: { text: string; length: number }) => { text: string; is_cut: boolean };

export const shorten: Shorten = ({ text, length }) => ({
  text: text.slice(0, length),
  is_cut: text.length > length,
});
