// expect function javascript.greet
// expect inputs name
// expect input name {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"name":"Ada"} => {"result":"Hello, Ada!"}
export default function greet({ name }: { name: string }): string {
  return `Hello, ${name}!`;
}
