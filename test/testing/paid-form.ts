/** What `standIns.pay` does with the form of one provider. */
export interface PaidForm {
  /** A card for each response of the outcome endpoint. */
  readonly cards: Readonly<Record<'paid' | 'declined' | 'pending', string>>;
  /** The requests of the form: the method and the end of the path. */
  readonly requests: readonly string[];
  /** A part of the error when a token is used twice, if it can be used only once. */
  readonly spentToken?: string;
  /** The fields beside `raw` that the element posts. */
  fieldsIn(raw: unknown): object;
}
