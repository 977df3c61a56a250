import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtInFolders } from '../../src/providers/built-in.js';
import { compile } from './compile.js';
import { spanishIndex, translations } from './translations.js';

export interface Fragment {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** In the comment that it begins with. */
  readonly name?: string;
}

/** The pages whose snippets are tested. */
export const englishPages = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every page. The snippets of a translation are those of the English page, byte for byte. */
export const pages = [...englishPages, spanishIndex, ...translations.map(({ spanish }) => spanish)];

/** Every fenced block of a page. */
export function fragmentsOf(page: string): Fragment[] {
  const found = readFileSync(page, 'utf8').matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms);
  return [...found].map(([, , language = '', text = '']) => {
    const [, name] = /^(?:\/\/|<!--|\/\*) (\S+\.\w+)(?: -->| \*\/)?\n/.exec(text) ?? [];
    return { page, language, text, name };
  });
}

/** What a fragment takes from the text around it, by its name there. */
const surroundings = `
type Server = typeof import('pay-checkout/server');
type Testing = typeof import('pay-checkout/testing');
declare const createPayEndpoints: Server['createPayEndpoints'];
declare const OrderInvalid: Server['OrderInvalid'], OrderRefused: Server['OrderRefused'];
declare const ${builtInFolders.map((name) => `${name}: Server['${name}']`).join(', ')};
declare const standIns: ReturnType<Testing['createStandIns']>;
declare const FlexPaymentForms: import('pay-checkout/testing').FlexPaymentFormsConstructor;
declare const KR: import('pay-checkout/testing').Krypton;
declare const Izipay: import('pay-checkout/testing').IzipayConstructor;
declare const Payroc: { hostedFields: import('pay-checkout/testing').HostedFieldsConstructor };
declare module '@opentelemetry/sdk-node' {
  class NodeSDK {
    constructor(options: { serviceName: string });
    start(): void;
  }
}
declare const app: import('hono').Hono;
declare const order: import('pay-checkout/server').Order;
declare const element: import('pay-checkout').PayCheckout;
declare const pay: import('pay-checkout/server').PayEndpoints<'payme' | 'izipay' | 'micuentaweb'> & import('pay-checkout/server').PayOperations;
declare const payment: import('pay-checkout/server').Payment;
declare const savedCard: import('pay-checkout/server').SavedCard;
declare const orders: typeof import('./shop.js').orders, visitorOf: typeof import('./shop.js').visitorOf;
declare const payments: typeof import('./shop.js').payments, alertStaff: typeof import('./shop.js').alertStaff;
declare const clientId: string, clientSecret: string, merchantCode: string, notificationKey: string;
declare const izipayCode: string, publicKey: string, hashKey: string, keyRSA: string, site: string;
declare const operationNumber: string, orderNumber: string, uuid: string;
declare const shopId: string, password: string;
declare function orderOf(id: string | undefined, visitor?: string): Promise<import('pay-checkout/server').Order>;
declare function showResult(of: unknown): void;
declare function postToBackend(path: string, body: object): void;
`;

const ours = (text: string) => text.replaceAll(/'pay-checkout\/(server|testing)'/g, `'${resolve('src')}/$1.js'`);

/** What the compiler has to say of fragments that have no name, all in one program, each as a module of its own. */
export function complaintsOf(folder: string, fragments: readonly Fragment[]): string[] {
  const around = join(folder, 'surroundings.d.ts');
  writeFileSync(around, ours(surroundings));
  cpSync(join(import.meta.dirname, 'shop.ts'), join(folder, 'shop.ts'));
  const files = fragments.map(({ page, language, text }, n) => {
    const path = join(folder, `${page.replaceAll(/\W/g, '-')}-${n}.ts`);
    // JavaScript has no way to say that an element is there.
    const typed = language === 'js' ? text.replaceAll(/document\.querySelector\('.+?'\)/g, '$&!') : text;
    writeFileSync(path, `${ours(typed)}\nexport {};\n`);
    return path;
  });
  // What is declared there and not used is the text's business.
  return compile(files, { ambient: [around], noUnusedLocals: false });
}
