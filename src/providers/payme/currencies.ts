/** ISO 4217, letters to digits: the currencies in Pay-me's documentation and its own plugin. */
export const currencies = { PEN: '604', USD: '840', CRC: '188', PAB: '590' };
