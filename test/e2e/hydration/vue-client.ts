import { createSSRApp } from 'vue';
import App from './App.vue';
import { whenReady } from './page.js';

whenReady((place) => createSSRApp(App).mount(place));
