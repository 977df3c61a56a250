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

const mountIn = () => createMount(host, { signal: controller.signal, frameTitle: 'Payment form' });

/** The mount, with what a provider draws in it. */
async function draw(html: string): Promise<HTMLElement> {
  const mount = mountIn();
  mount.innerHTML = html;
  await Promise.resolve();
  return mount;
}

describe('the mount', () => {
  it('is an inert child of the host, in the light DOM, for the slot of the form', () => {
    const mount = mountIn();
    expect(mount.parentNode === host).to.equal(true);
    expect(mount.getRootNode() === document).to.equal(true);
    expect(mount).to.include({ slot: 'form', inert: true });
  });

  it('has an id that is new every time, by which the document finds it', () => {
    const [first, second] = [mountIn(), mountIn()];
    expect(first.id)
      .to.match(/^pay-checkout-\d+$/)
      .and.not.to.equal(second.id);
    expect(document.getElementById(second.id) === second).to.equal(true);
  });
});

describe("a merchant's form around the mount", () => {
  const card = '<input name="card" value="4111"><select name="month"><option>12</option></select><textarea name="note">n</textarea>';
  const more =
    '<output name="total">1</output><fieldset name="all"></fieldset><object name="plugin"></object><button name="pay" value="1">Pay</button>';

  it('gets nothing of what the provider draws', async () => {
    const mount = await draw(card + more);
    expect([...new FormData(form).keys()]).to.deep.equal([]);
    expect([...form.elements]).to.have.lengthOf(0);
    const forms = [...mount.children].map((control) => control.getAttribute('form'));
    expect(forms).to.deep.equal(Array(7).fill(''));
  });

  it('gets nothing of what the provider draws later, and deeper', async () => {
    const mount = await draw('<input><section><p></p></section>');
    mount.querySelector('p')!.innerHTML = card;
    await Promise.resolve();
    expect([...form.elements]).to.have.lengthOf(0);
  });

  it('keeps the fields of its own', async () => {
    form.insertAdjacentHTML('beforeend', '<input name="own" value="1">');
    await draw(card);
    expect([...new FormData(form).keys()]).to.deep.equal(['own']);
  });

  it('is not submitted by Enter in a field of the provider', async () => {
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
  it('gets a title if it has none', async () => {
    const mount = await draw('<iframe></iframe><iframe title=""></iframe><iframe title="Theirs"></iframe>');
    expect([...mount.querySelectorAll('iframe')].map(({ title }) => title)).to.deep.equal(['Payment form', 'Payment form', 'Theirs']);
  });
});

describe('the watch over the mount', () => {
  it('ends with the attempt', async () => {
    const mount = mountIn();
    controller.abort();
    mount.innerHTML = '<input>';
    await Promise.resolve();
    expect(mount.querySelector('input')?.hasAttribute('form')).to.equal(false);
  });

  it('does not begin for an attempt that has ended', async () => {
    controller.abort();
    const mount = await draw('<input>');
    expect(mount.querySelector('input')?.hasAttribute('form')).to.equal(false);
  });
});
