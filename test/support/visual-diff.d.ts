import '@web/test-runner-visual-regression';

declare module '@web/test-runner-visual-regression' {
  /** The package's own types lack this function. */
  export function visualDiff(element: Node, name: string): Promise<void>;
}
