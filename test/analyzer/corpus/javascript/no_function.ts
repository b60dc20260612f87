// expect error no_function 1:1
interface Inputs {
  text: string;
}

function f({ text }: Inputs): string {
  return text;
}
