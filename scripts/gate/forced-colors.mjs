/** For @web/test-runner: `executeServerCommand('force-colors', true)` shows the page as with a palette of the shopper's own. Chromium's alone. */
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
