// expect function javascript.log
// expect inputs line
// expect input line {"type":"string","required":true}
// call {"line":"x"} => {}
export async function log({ line }: { line: string }): Promise<void> {
  await Promise.resolve(line);
}
