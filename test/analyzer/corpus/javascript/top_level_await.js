// expect error top_level_await 4:15
// expect error top_level_await 5:1
// expect warning unknown_type 7:23
const ready = await Promise.resolve(1);
for await (const one of []) console.log(one);

export async function f() {
  await null;
  const inner = async () => await ready;
  return await inner();
}
