/** The text of main.js: wrangler's rule for this folder. */
declare const text: string;
export default text;
