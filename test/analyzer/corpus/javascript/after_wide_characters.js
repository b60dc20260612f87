// expect warning unknown_type 4:17
// expect warning unknown_type 4:21
// expect error forbidden_call 4:58
export function f({ text }) { const smile = "😀😀"; return eval(text); }
