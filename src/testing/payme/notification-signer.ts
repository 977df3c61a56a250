const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

/** Signs notifications as Pay-me does, with a key pair that is generated on first use. */
export class NotificationSigner {
  #pair?: Promise<CryptoKeyPair>;

  /** Generates another key pair on next use. */
  rotate(): void {
    this.#pair = undefined;
  }

  /** PEM, as Pay-me's documentation publishes it. */
  async publicKey(): Promise<string> {
    const { publicKey } = await this.#getKeys();
    const lines = base64(await crypto.subtle.exportKey('spki', publicKey)).replace(/.{64}/g, '$&\n');
    return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`;
  }

  /** Creates the request that Pay-me posts to the merchant (documentation, "Notificaciones"). */
  async notification(url: string, description: object): Promise<Request> {
    const { privateKey } = await this.#getKeys();
    const body = JSON.stringify(description);
    const signature = base64(await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(body)));
    return new Request(url, { method: 'POST', headers: { 'Content-Type': 'application/json', signature }, body });
  }

  #getKeys(): Promise<CryptoKeyPair> {
    const parameters = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
    return (this.#pair ??= crypto.subtle.generateKey(parameters, true, ['sign', 'verify']));
  }
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
