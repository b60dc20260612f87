// expect warning unknown_type 17:17
// expect warning unknown_type 17:23
// expect warning unknown_type 17:68
// expect warning unknown_type 17:78
// expect function javascript.mix
// expect inputs a, b, c, d, e, f, g, h
// expect input a {"type":"any","required":true}
// expect input b {"type":"float","default":2}
// expect input c {"type":"string","default":"x"}
// expect input d {"type":"boolean","default":true}
// expect input e {"type":"array","default":[]}
// expect input f {"type":"object","default":{}}
// expect input g {"type":"any","default":null}
// expect input h {"type":"any","required":false}
// expect output result {"type":"any","required":false}
// call {"a":1} => {"result":[1,2,"x",true,[],{},null,true]}
export function mix({ a, b = 2, c = "x", d = true, e = [], f = {}, g = null, h = Math.PI }) {
  return [a, b, c, d, e, f, g, h > 3];
}
