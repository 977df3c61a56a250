import type { OutcomeName, RefundState } from '../../src/server.js';
import type { Action } from './actions.js';
import type { ErrorNotice } from './run-action.js';
import type { Control } from './stand-in-controls.js';

// The Spanish texts, which texts.ts translates.

export const outcomeLabels: Readonly<Record<OutcomeName, string>> = {
  paid: 'Pagado',
  authorized: 'Retenido',
  saved: 'Tarjeta guardada',
  pending: 'Pendiente',
  declined: 'Rechazado',
  refunded: 'Reembolsado',
  reversed: 'Anulado',
  forged: 'No coincide',
};

export const refundLabels: Readonly<Record<RefundState, string>> = { asked: 'solicitado', done: 'hecho', rejected: 'rechazado' };

/** The text of the button, and the name of what it does. */
export const actionLabels: Readonly<Record<Action, { readonly button: string; readonly name: string }>> = {
  refund: { button: 'Reembolsar', name: 'Reembolso' },
  capture: { button: 'Cobrar', name: 'Cobro' },
  cancel: { button: 'Anular', name: 'Anulación' },
  settle: { button: 'Consultar', name: 'Consulta' },
};

export const controlLabels: Readonly<Record<Control, string>> = {
  settle: 'Liquidar',
  refund: 'Reembolsar en el panel',
  endRefunds: 'Completar los reembolsos',
  dispute: 'Disputar',
};

export const errorLabels: Readonly<Record<ErrorNotice['error'], string>> = {
  amount: 'El monto supera lo que queda del pago.',
  state: 'El estado del pago no lo permite ahora.',
  undecided: 'Una operación anterior todavía no tiene resultado.',
  key: 'El formulario ya se usó con otro monto.',
  unsupported: 'El proveedor no lo ofrece para este pago.',
  failed: 'El proveedor no lo hizo, o no respondió.',
  input: 'Escribe un monto como 12.50.',
};
