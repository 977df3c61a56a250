/** A payment or a saved card names a provider, or an environment, that `createPayEndpoints()` does not have. */
export class ProviderNotConfigured extends TypeError {
  override readonly name = 'ProviderNotConfigured';
}
