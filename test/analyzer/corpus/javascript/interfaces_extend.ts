// expect function javascript.show
// expect inputs name, age, is_tall
// expect input name {"type":"string","enum":["Ada","Bob"],"description":"How it is called first.","required":true}
// expect input age {"type":"float","required":true}
// expect input is_tall {"type":"boolean","required":false}
// expect output result {"type":"string","required":true}
// call {"name":"Ada","age":36} => {"result":"Ada 36"}
interface Named {
  name: string;
}

interface Aged {
  age: number;
}

interface Person extends Named, Aged {
  /** How it is called first. */
  name: "Ada" | "Bob";
}

interface Person {
  is_tall?: boolean;
}

export function show(person: Person): string {
  return `${person.name} ${person.age}`;
}
