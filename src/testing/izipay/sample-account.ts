/** The sample values of Izipay's documentation. */
export const sampleAccount = {
  merchantCode: '4007701',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  hashKey: 'your_hash_key',
  keyRSA: 'RSA',
};
