import type { Texts } from './texts.js';

export const pt: Texts = {
  loading: 'Preparando o pagamento…',
  confirming: 'Confirmando o pagamento…',
  start: 'Pagar',
  retry: 'Tentar novamente',
  paid: 'Pagamento realizado. Obrigado!',
  authorized: 'Valor reservado: você será cobrado assim que a loja confirmar.',
  saved: 'Cartão salvo.',
  received: 'Recebemos os dados do seu pagamento. A loja está confirmando.',
  changed: 'O total do seu pedido mudou. Você pagará o novo.',
  pending: 'Seu pagamento está registrado, mas ainda não foi concluído. Avisaremos assim que for confirmado.',
  cancelled: 'Você fechou o formulário de pagamento.',
  expired: 'O tempo para pagar acabou.',
  declined: 'O pagamento não foi aprovado. Tente outro cartão ou outra forma de pagamento.',
  returned: 'O pagamento foi devolvido. Você pode pagar este pedido novamente.',
  offline: 'Não há conexão com a internet. Verifique-a e tente novamente.',
  unreachable: 'Não foi possível abrir o formulário de pagamento. Tente novamente em instantes.',
  interrupted: 'O formulário foi fechado. Se você já pagou, não pague de novo: fale com a loja.',
  blocked:
    'Não foi possível carregar o formulário de pagamento. Se você usa um bloqueador de anúncios, desative-o nesta página e tente novamente.',
  refused: 'Este pedido não pode ser pago aqui. Se você já pagou, está tudo certo; se não, recarregue a página ou fale com a loja.',
  misconfigured: 'O pagamento não está disponível no momento. Por favor, fale com a loja.',
  alreadyOpen: 'Já há outro pagamento aberto nesta página. Conclua-o ou feche-o primeiro.',
  frame: 'Formulário de pagamento',
};
