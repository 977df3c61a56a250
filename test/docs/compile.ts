import { relative } from 'node:path';
import ts from 'typescript';

interface CompileOptions {
  /** Files of declarations that they may use. */
  readonly ambient?: readonly string[];
  readonly noUnusedLocals?: boolean;
}

/** What the compiler has to say of these files, in one program. */
export function compile(files: readonly string[], { ambient = [], noUnusedLocals = true }: CompileOptions = {}): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noUnusedLocals }, '.', 'tsconfig.json');
  const program = ts.createProgram([...files, ...ambient], options);
  const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  return problems.map(
    ({ file, messageText }) => `${relative('.', file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}
