import type { CheckoutState, PayTimingEvent } from '../../src/index.js';

const events = ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'] as const;

/** Logs every event of the checkout inside `place`, with its time since the first event. */
export function logEvents(place: HTMLElement, log: HTMLElement, changed: () => void): { clear(): void } {
  const list = log.querySelector('ol')!;
  let began: number | undefined;
  const write = (event: Event, name: string, tone: string, detail: string) => {
    began ??= event.timeStamp;
    list.append(line(`+${Math.round(event.timeStamp - began).toLocaleString('en')} ms`, name, tone, detail));
    log.scrollTop = log.scrollHeight;
    changed();
  };
  for (const name of events) {
    place.addEventListener(`pay-${name}`, (event) => write(event, `pay-${name}`, name, detailOf(event.state)));
  }
  place.addEventListener('pay-timing', (event) => write(event, 'pay-timing', 'timing', timingOf(event)));
  return {
    clear() {
      began = undefined;
      list.replaceChildren();
    },
  };
}

function detailOf(state: CheckoutState): string {
  const attempt = `attempt ${state.attempt}`;
  switch (state.status) {
    case 'loading':
      return `${attempt} · ${state.provider}`;
    case 'failed':
      return `${attempt} · ${[state.error.code, state.error.reason].filter(Boolean).join(' / ')} · ${state.error.message}`;
    case 'succeeded':
      return `${attempt} · ${state.outcome ?? 'not confirmed'} · reference ${state.result?.reference ?? 'none'}`;
    case 'confirming':
    case 'pending':
      return `${attempt} · reference ${state.result?.reference ?? 'none'}`;
    default:
      return attempt;
  }
}

function timingOf({ phase, duration, attempt, tries }: PayTimingEvent): string {
  return `${phase} took ${Math.round(duration).toLocaleString('en')} ms · attempt ${attempt}${tries > 1 ? ` · ${tries} tries` : ''}`;
}

function line(time: string, name: string, tone: string, detail: string): HTMLElement {
  const item = document.createElement('li');
  item.className = tone;
  const said = document.createElement('span');
  said.append(part('strong', name), ' ', part('span', detail));
  item.append(part('time', time), said);
  return item;
}

function part(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
