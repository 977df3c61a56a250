import { hydrateRoot } from 'react-dom/client';
import { complaints, whenReady } from './page.js';
import { page } from './react.js';

whenReady((place) => {
  hydrateRoot(place, page(new URLSearchParams(location.search).get('as') ?? ''), {
    onRecoverableError: (error) => complaints.push(String(error)),
  });
});
