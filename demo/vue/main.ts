import { createApp } from 'vue';
import App from './App.vue';

const place = document.getElementById('app')!;

createApp(App, { order: place.dataset.order }).mount(place);
