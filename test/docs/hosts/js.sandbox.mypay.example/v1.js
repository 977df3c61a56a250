// The library of the provider in docs/custom-provider.md. Its form has a button for each callback.
window.MyPay = {
  closed: 0,
  open({ token, place, onPaid, onError }) {
    const addButton = (text, onClick) => {
      const button = document.createElement('button');
      button.textContent = text;
      button.addEventListener('click', onClick);
      place.append(button);
    };
    addButton('Pay', () => onPaid({ id: 'P-1' }));
    addButton('Fail', onError);
    this.token = token;
    return Promise.resolve();
  },
  close() {
    this.closed++;
  },
};
