import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { WithComponent, WithTag } from './payment.js';

const place = document.getElementById('app')!;
const Payment = new URLSearchParams(location.search).get('as') === 'tag' ? WithTag : WithComponent;

createRoot(place).render(
  <StrictMode>
    <App order={place.dataset.order ?? ''} Payment={Payment} />
  </StrictMode>,
);
