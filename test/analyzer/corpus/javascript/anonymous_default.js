// expect error anonymous_function 2:1
export default ({ text }) => text;
