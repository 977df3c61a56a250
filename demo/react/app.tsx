import { useState, type ComponentType } from 'react';
import type { PaymentProps } from './payment.js';

export interface AppProps {
  readonly order: string;
  readonly Payment: ComponentType<PaymentProps>;
}

/** Renders again after each letter of the note, together with the payment. */
export function App({ order, Payment }: AppProps) {
  const [note, setNote] = useState('');
  const [isPaid, setPaid] = useState(false);
  return (
    <main>
      <h1>{isPaid ? '¡Gracias por tu compra!' : 'Paga tu pedido'}</h1>
      <p>N.º {order}</p>
      <p>
        <label>
          Nota para la entrega <input name="note" value={note} onChange={({ target }) => setNote(target.value)} />
        </label>{' '}
        <output>{note.length}</output>
      </p>
      <Payment order={order} onPaid={setPaid} />
    </main>
  );
}
