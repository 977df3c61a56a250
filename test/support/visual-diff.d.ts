import '@web/test-runner-visual-regression';

declare module '@web/test-runner-visual-regression' {
  /** Left out of the package's own types. */
  export function visualDiff(element: Node, name: string): Promise<void>;
}
