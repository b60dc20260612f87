/** A page as text, by Vite: workerd has no files. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}
