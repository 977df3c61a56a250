import type { Texts } from './texts.js';

export const es: Texts = {
  loading: 'Preparando el pago…',
  confirming: 'Confirmando el pago…',
  start: 'Pagar',
  retry: 'Intentar de nuevo',
  paid: 'Pago realizado. ¡Gracias!',
  authorized: 'Monto reservado: se te cobrará en cuanto la tienda lo confirme.',
  saved: 'Tarjeta guardada.',
  received: 'Recibimos los datos de tu pago. La tienda lo está confirmando.',
  pending: 'Tu pago está registrado, pero aún no se ha completado. Te avisaremos en cuanto se confirme.',
  cancelled: 'Cerraste el formulario de pago.',
  expired: 'El tiempo para pagar se terminó.',
  declined: 'El pago no fue aprobado. Prueba con otra tarjeta u otro medio de pago.',
  returned: 'El pago fue devuelto. Puedes pagar este pedido de nuevo.',
  offline: 'No hay conexión a internet. Revísala e inténtalo de nuevo.',
  unreachable: 'No pudimos abrir el formulario de pago. Inténtalo de nuevo en un momento.',
  blocked: 'No pudimos cargar el formulario de pago. Si usas un bloqueador de anuncios, desactívalo en esta página e inténtalo de nuevo.',
  refused: 'Este pedido no se puede pagar aquí. Si ya lo pagaste, no falta nada; si no, recarga la página o escribe a la tienda.',
  misconfigured: 'El pago no está disponible por ahora. Por favor, escribe a la tienda.',
  alreadyOpen: 'Ya hay otro pago abierto en esta página. Termínalo o ciérralo primero.',
  frame: 'Formulario de pago',
};
