import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createMount } from '../../src/page/mount.js';

let form: HTMLFormElement;
let host: HTMLElement;
let controller: AbortController;

beforeEach(() => {
  controller = new AbortController();
  form = document.createElement('form');
  host = form.appendChild(document.createElement('div'));
  document.body.append(form);
});

afterEach(() => {
  controller.abort();
  form.remove();
});

const mountInHost = () => createMount(host, { signal: controller.signal, frameTitle: 'Payment form', onRemoved: () => {} });

/** Creates a mount and draws the HTML in it, as a provider does. */
async function draw(html: string): Promise<HTMLElement> {
  const mount = mountInHost();
  mount.innerHTML = html;
  await Promise.resolve();
  return mount;
}

describe('createMount', () => {
  it('creates an inert child of the host, in the light DOM, for the `form` slot', () => {
    const mount = mountInHost();
    expect(mount.parentNode === host).to.equal(true);
    expect(mount.getRootNode() === document).to.equal(true);
    expect(mount).to.include({ slot: 'form', inert: true });
  });

  it('gives every mount a new id, by which `document` finds it', () => {
    const [first, second] = [mountInHost(), mountInHost()];
    expect(first.id)
      .to.match(/^pay-checkout-\d+$/)
      .and.not.to.equal(second.id);
    expect(document.getElementById(second.id) === second).to.equal(true);
  });
});

describe("a merchant's <form> around the mount", () => {
  const card = '<input name="card" value="4111"><select name="month"><option>12</option></select><textarea name="note">n</textarea>';
  const otherControls =
    '<output name="total">1</output><fieldset name="all"></fieldset><object name="plugin"></object><button name="pay" value="1">Pay</button>';

  it("contains none of the provider's controls", async () => {
    const mount = await draw(card + otherControls);
    expect([...new FormData(form).keys()]).to.deep.equal([]);
    expect([...form.elements]).to.have.lengthOf(0);
    const forms = [...mount.children].map((control) => control.getAttribute('form'));
    expect(forms).to.deep.equal(Array(7).fill(''));
  });

  it('contains no control that the provider draws later in a descendant', async () => {
    const mount = await draw('<input><section><p></p></section>');
    mount.querySelector('p')!.innerHTML = card;
    await Promise.resolve();
    expect([...form.elements]).to.have.lengthOf(0);
  });

  it("keeps the merchant's own fields", async () => {
    form.insertAdjacentHTML('beforeend', '<input name="own" value="1">');
    await draw(card);
    expect([...new FormData(form).keys()]).to.deep.equal(['own']);
  });

  it("is not submitted by Enter in a provider's field", async () => {
    let submissions = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submissions++;
    });
    form.insertAdjacentHTML('beforeend', '<input name="own"><button>Order</button>');
    const mount = await draw('<input name="card">');
    mount.inert = false;
    mount.querySelector('input')!.focus();
    await sendKeys({ press: 'Enter' });
    expect(submissions).to.equal(0);
    form.querySelector<HTMLInputElement>('[name="own"]')!.focus();
    await sendKeys({ press: 'Enter' });
    expect(submissions).to.equal(1);
  });
});

describe('an iframe in the mount', () => {
  it('gets a title only if it has none', async () => {
    const mount = await draw('<iframe></iframe><iframe title=""></iframe><iframe title="Theirs"></iframe>');
    expect([...mount.querySelectorAll('iframe')].map(({ title }) => title)).to.deep.equal(['Payment form', 'Payment form', 'Theirs']);
  });
});

describe('the observation of the mount', () => {
  it('ends with the attempt', async () => {
    const mount = mountInHost();
    controller.abort();
    mount.innerHTML = '<input>';
    await Promise.resolve();
    expect(mount.querySelector('input')?.hasAttribute('form')).to.equal(false);
  });

  it('does not start for an attempt that has ended', async () => {
    controller.abort();
    const mount = await draw('<input>');
    expect(mount.querySelector('input')?.hasAttribute('form')).to.equal(false);
  });
});
