/** A module and all that it imports, as the text of a classic script: the build makes it. */
declare module '*?library' {
  const text: string;
  export default text;
}
