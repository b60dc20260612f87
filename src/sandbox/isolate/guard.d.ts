/** The text of guard.js: wrangler's rule for this folder. */
declare const text: string;
export default text;
