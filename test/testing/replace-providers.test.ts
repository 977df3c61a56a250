import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { builtInNames } from '../../src/providers/built-in.js';
import { findEntry } from '../../src/providers/registry.js';
import { useStandIns, type StandInsInUse } from '../../src/testing.js';
import { deferred } from '../support/deferred.js';
import { settled } from '../support/work.js';

/** The element of another copy of the package, as this copy sees it. */
interface OtherElement {
  register?(name: string): void;
}

let registered: string[];
let get: SinonStub;
let inUse: StandInsInUse | undefined;

beforeEach(() => {
  registered = [];
  get = stub(customElements, 'get');
});

afterEach(() => {
  inUse?.restore();
  inUse = undefined;
  restore();
});

const otherElement: OtherElement = { register: (name) => registered.push(name) };
const define = (element?: OtherElement) => get.returns(element);

describe('useStandIns and the element of another copy', () => {
  it('registers with an element that is defined', () => {
    define(otherElement);
    inUse = useStandIns();
    expect(registered).to.deep.equal(builtInNames);
  });

  it('registers with an element that is defined later', async () => {
    const defined = stubDefinition();
    inUse = useStandIns();
    expect(registered).to.deep.equal([]);
    define(otherElement);
    defined.resolve();
    await settled();
    expect(registered).to.deep.equal(builtInNames);
  });

  it('registers nothing with an element that is defined after `restore()`', async () => {
    const defined = stubDefinition();
    useStandIns().restore();
    define(otherElement);
    defined.resolve();
    await settled();
    expect(registered).to.deep.equal([]);
  });

  it('registers once if the element that is defined later is of this copy', async () => {
    const defined = stubDefinition();
    inUse = useStandIns();
    const entry = findEntry('payme');
    get.restore();
    defined.resolve();
    await settled();
    expect(findEntry('payme')).to.equal(entry);
  });

  it('warns once if the element has no registry', () => {
    const warn = stub(console, 'warn');
    define({});
    for (const one of [useStandIns(), useStandIns()]) one.restore();
    expect(warn.args.flat()).to.have.length(1);
    expect(warn.args[0]![0]).to.match(/`useStandIns\(\)` has no effect.+Load one version.+\(unreachable-stand-ins: .+#warnings\)$/);
  });
});

/** Puts the page in the time before the element is defined. The test decides when it is. */
function stubDefinition() {
  const defined = deferred();
  define(undefined);
  stub(customElements, 'whenDefined').returns(defined.promise as unknown as Promise<CustomElementConstructor>);
  return defined;
}
