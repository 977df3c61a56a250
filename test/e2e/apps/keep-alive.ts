import { createApp, defineComponent, h, KeepAlive, ref } from 'vue';

const Payment = defineComponent({
  name: 'Payment',
  setup: () => () =>
    h('pay-checkout', {
      ...{ provider: 'payme', environment: 'sandbox', order: 'A-1001' },
      ...{ 'token-endpoint': '/api/pay/token', 'outcome-endpoint': '/api/pay/outcome' },
      config: { settings: { show_close_button: true } },
    }),
});

const Address = defineComponent({ name: 'Address', setup: () => () => h('p', 'Calle 1') });

const App = defineComponent({
  setup() {
    const tab = ref(Payment);
    const button = (label: string, component: typeof Payment) => h('button', { onClick: () => (tab.value = component) }, label);
    return () => [button('Pago', Payment), button('Envío', Address), h(KeepAlive, null, { default: () => h(tab.value) })];
  },
});

createApp(App).mount('#app');
