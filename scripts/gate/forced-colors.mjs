/**
 * For @web/test-runner: `executeServerCommand('force-colors', true)` simulates the shopper's own colour palette. Works in
 * Chromium only.
 */
export const forcedColors = {
  name: 'forced-colors',
  async executeCommand({ command, payload, session }) {
    if (command !== 'force-colors') return undefined;
    const client = await session.browser.getPage(session.id).createCDPSession();
    const value = payload ? 'active' : 'none';
    await client.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
    return true;
  },
};
