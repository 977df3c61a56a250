import { attributeValues } from './attribute-values.mjs';
import { published } from './published.mjs';

const globs = ['src/element/attributes-element.ts', 'src/element/pay-checkout.ts', 'src/state/events.ts'];
let checker;

export default {
  globs,
  litelement: true,
  packagejson: false,
  quiet: true,
  overrideModuleCreation({ ts }) {
    const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: globs, include: [] }, ts.sys, '.');
    const program = ts.createProgram(globs, { ...options, types: [] });
    checker = program.getTypeChecker();
    return globs.map((file) => program.getSourceFile(file));
  },
  plugins: [attributeValues(() => checker), published],
};
