/** The Spanish words of its outcome rules, by the English ones. */
export const spanish: Readonly<Record<string, string>> = {
  'status `reversal`, with code `A`, `P`, `E` or none': 'estado `reversal`, con código `A`, `P`, `E` o ninguno',
  'status `returned` of a bank transfer, with code `A` or none':
    'estado `returned` de una transferencia bancaria, con código `A` o ninguno',
  'status `expired` of a pre-authorization, with code `A`: it was not captured in time':
    'estado `expired` de una preautorización, con código `A`: no se capturó a tiempo',
  'code `A` or `P`, and `refunds[]` returns the whole price, or all that was approved of it':
    'código `A` o `P`, y `refunds[]` devuelve todo el precio, o todo lo que se aprobó de él',
  'code `A` or `P`, and `refunds[]` returns as much only with refunds that are not approved yet, as with code `E`':
    'código `A` o `P`, y `refunds[]` devuelve ese monto solo con reembolsos que aún no están aprobados, como con código `E`',
  'code `P`, or code `A` with an `authorizedAmount` below the price':
    'código `P`, o código `A` con un `authorizedAmount` menor que el precio',
  'code `A` with status `ready`, `complete` or `accepted`, and type `sale`, `preAuthorizationCompletion` or `payment`; or no type, where no pre-authorization was requested':
    'código `A` con estado `ready`, `complete` o `accepted`, y tipo `sale`, `preAuthorizationCompletion` o `payment`; o sin tipo, si no se solicitó una preautorización',
  'code `A` with status `ready`, `complete`, `accepted` or `pending`, and type `preAuthorization`; or no type, where a pre-authorization was requested':
    'código `A` con estado `ready`, `complete`, `accepted` o `pending`, y tipo `preAuthorization`; o sin tipo, si se solicitó una preautorización',
  'code `A` with status `pending` and type `sale`, where a pre-authorization was requested':
    'código `A` con estado `pending` y tipo `sale`, si se solicitó una preautorización',
  'code `A` with status `pending`, in any other case': 'código `A` con estado `pending`, en cualquier otro caso',
  'code `E` or none, with status `ready`, `complete`, `accepted` or `pending`; or a bank transfer without a `transactionResult`':
    'código `E` o ninguno, con estado `ready`, `complete`, `accepted` o `pending`; o una transferencia bancaria sin `transactionResult`',
  'status `declined` or `pickup`, with code `D`, `C`, `R` or none; status `declined` with code `E`':
    'estado `declined` o `pickup`, con código `D`, `C`, `R` o ninguno; estado `declined` con código `E`',
  'status `referral` with code `R`, `D`, `C` or none; code `R` with status `pending`':
    'estado `referral` con código `R`, `D`, `C` o ninguno; código `R` con estado `pending`',
  'a secure token with status `notValidated`, `cvvValidated`, `issueNumberValidated`, `cardNumberValidated`, `bankAccountValidated`':
    'un token seguro con estado `notValidated`, `cvvValidated`, `issueNumberValidated`, `cardNumberValidated`, `bankAccountValidated`',
  'a secure token with status `validationFailed`': 'un token seguro con estado `validationFailed`',
};
