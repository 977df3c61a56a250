import { describe, expect, it } from 'vitest';
import { micuentawebSettings } from '../../../../src/providers/micuentaweb/server/settings.js';
import { configureProvider } from '../../../../src/serve/config/configure-provider.js';
import { listProviderSettings } from '../../../../src/serve/config/provider-setting-list.js';
import { SettingSources } from '../../../../src/serve/config/setting-sources.js';
import { options } from './facts-upstream.js';

const variables = {
  MICUENTAWEB_SHOP_ID: options.shopId,
  MICUENTAWEB_PASSWORD: options.password as string,
  MICUENTAWEB_PUBLIC_KEY: options.publicKey,
  MICUENTAWEB_HASH_KEY: options.hashKey as string,
};

/** Configures the provider from variables of the environment, and returns the options that its factory received. */
function configure(changed: Readonly<Record<string, string>>) {
  const received: object[] = [];
  const problems: string[] = [];
  const table = {
    ...micuentawebSettings,
    create(given: object) {
      received.push(given);
      return micuentawebSettings.create({ ...given });
    },
  };
  const config = { environment: 'sandbox', publicUrl: 'https://shop.example.com', basePath: '/api/pay', standIns: undefined } as const;
  const sources = new SettingSources({ ...variables, ...changed });
  const configured = configureProvider('micuentaweb', table, { sources, config, problems, warnings: [] });
  return { received, problems, provider: configured?.provider };
}

describe('micuentawebSettings', () => {
  it('reads the number of retries and the list of payment methods', () => {
    const { received, provider } = configure({ MICUENTAWEB_RETRIES: '2', MICUENTAWEB_PAYMENT_METHODS: 'CARDS, PAGOEFECTIVO' });
    expect(received).toMatchObject([{ retries: 2, paymentMethods: ['CARDS', 'PAGOEFECTIVO'] }]);
    expect(provider?.name).toBe('micuentaweb');
  });

  it('names the variable of a number that is none, and of an empty list', () => {
    expect(configure({ MICUENTAWEB_RETRIES: 'two' }).problems).toEqual([
      expect.stringMatching(/^MICUENTAWEB_RETRIES should be a whole number/),
    ]);
    expect(configure({ MICUENTAWEB_PAYMENT_METHODS: ',' }).problems).toEqual([
      expect.stringMatching(/^MICUENTAWEB_PAYMENT_METHODS: .*`paymentMethods` should have at least one method/),
    ]);
  });

  it('passes the address of notifications, and has no setting for returns', () => {
    const [received] = configure({ MICUENTAWEB_RETURNS: 'true' }).received;
    expect(received).toMatchObject({ notificationUrl: 'https://shop.example.com/api/pay/notifications/micuentaweb' });
    expect(received).not.toHaveProperty('returnUrl');
    expect(listProviderSettings('micuentaweb', micuentawebSettings)).not.toHaveProperty('returns');
  });
});
