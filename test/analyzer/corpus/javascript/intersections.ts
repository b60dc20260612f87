// expect function javascript.area
// expect inputs width, height, id
// expect input width {"type":"float","required":true}
// expect input height {"type":"float","required":true}
// expect input id {"type":"string","required":true}
// expect output result {"type":"string","required":true}
// call {"id":"a","width":2,"height":3} => {"result":"a:6"}
type Sized = { width: number } & { height: number };
type Id = string & { readonly __brand: "id" };

export function area({ id, width, height }: Sized & { id: Id }): string {
  return `${id}:${width * height}`;
}
