import { register, type Provider } from 'pay-checkout/provider';

Object.assign(window, { madeUp: {} });

const madeUp: Provider = {
  assets: { production: { global: 'madeUp' } },
  token: { safeParse: () => ({ success: true, data: { token: 'made-up-token' } }) },
  config: { safeParse: (data) => ({ success: true, data }) },
  lifetime: 60,
  agesWhileOpen: false,
  mount({ container }) {
    container.append(document.createElement('button'));
    return Promise.resolve();
  },
};

register('made-up', madeUp);
