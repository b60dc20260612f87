// expect function javascript.f
// expect inputs a, b
// expect input a {"type":"float","description":"The first.","default":1}
// expect input b {"type":"string","required":false}
// expect output result {"type":"float","required":true}
// call {} => {"result":1}
export /* one */ const /* two */ f /* three */ = /* four */ async /* five */ (
  /* six */ { /* seven */ a /* eight */ = /* nine */ 1 /* ten */ } /* eleven */ : /* twelve */ {
    /** The first. */ a /* thirteen */ ? /* fourteen */ : /* fifteen */ number /* sixteen */;
    // Not a JSDoc comment.
    b?: string;
  } /* seventeen */,
) /* eighteen */ : /* nineteen */ Promise</* twenty */ number> /* twenty-one */ => {
  const x /* a */ : /* b */ /* c */ number = /* d */ (a /* e */ as /* f */ number) /* g */ satisfies /* h */ number;
  return x /* i */;
};
