import { transform, lazySchema, union } from '../../../shared/zod-schemas.js';
import { onAbort } from '../../../shared/signals.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { MountContext, Provider, ProviderToken } from '../../provider.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import { assets } from '../assets.js';
import { payrocConfig, type PayrocConfig } from './config.js';
import { errorAnswer, forms, sessionLifetime } from '../contract.js';
import type { ErrorAnswer, PayrocForm } from '../contract.js';
import { allShown, nameFrames, operable, whenEntered } from './frames.js';
import { layOut, type Layout } from './layout.js';
import { listen, type HostedFields, type Listener } from './add-listeners.js';
import { overhearing } from './track-message-source.js';
import { takePlaces } from './page-layout.js';
import { labelsIn, libraryLocale, type Labels } from './labels.js';

type HostedFieldsConstructor = new (options: object) => HostedFields;

/** Milliseconds. The library itself says so only after 35 s or more, if at all (*measured on 1.7.0*). */
const readyLimit = 20_000;

/** Payroc Hosted Fields. Every field is an iframe of Payroc's, so the page never holds card data. */
export const payroc: Provider<PayrocConfig> = {
  assets,
  token: lazySchema(() => union(transform(errorAnswer.shape, refusalOf), canonicalToken.shape)),
  config: payrocConfig,
  lifetime: sessionLifetime,
  agesWhileOpen: true,

  async mount(context) {
    const labels = labelsIn(context.locale, context.config.labels);
    const layout = prepare(context, labels);
    const { failed, opened } = openForm(context, layout, labels);
    const { container, signal } = context;
    const shown = waitUntilOperable(container, {
      limit: readyLimit,
      isReady: () => allShown(layout.targets),
      operable,
      signal,
      roots: [...layout.targets.values()],
    });
    await Promise.race([shown, failed]);
    opened();
  },
};

/** An error of Payroc's that the endpoint passed on as a success. */
function refusalOf({ title }: ErrorAnswer): ProviderToken {
  return { refusal: title };
}

function prepare({ config, container, signal }: MountContext<PayrocConfig>, labels: Labels): Layout {
  const form = formOf(config);
  const places = config.fields?.[form];
  if (!places) return layOut({ form, mode: config.mode, labels, container, signal });
  return takePlaces({ form, places, container, signal });
}

/** The merchant's places tell; else what the endpoint says that it will sell with. */
function formOf({ fields, form = 'card' }: PayrocConfig): PayrocForm {
  return forms.find((name) => fields?.[name]) ?? form;
}

/**
 * Constructs and initialises the form. `initialize()` resolves whatever happens: what goes wrong only comes through `error`,
 * and some of it at once (*measured on 1.7.0*).
 */
function openForm(context: MountContext<PayrocConfig>, layout: Layout, labels: Labels): Listener {
  const { library, config, signal, onTouched } = context;
  const isOverheard = overhearing(layout.targets, signal);
  const form = new (library as HostedFieldsConstructor)(optionsFor(context, layout, isOverheard));
  onAbort(signal, () => form.destroy?.());
  nameFrames(layout.targets, (field) => labels[field as keyof Labels] ?? labels[config.mode === 'payment' ? 'pay' : 'save'], signal);
  whenEntered(layout.targets, onTouched, signal);
  const listener = listen(form, { context, layout, labels }, isOverheard);
  void form.initialize().catch(() => {});
  return listener;
}

function optionsFor(context: MountContext<PayrocConfig>, { fields, css }: Layout, isOverheard: () => boolean): object {
  const { token: sessionToken, config, locale, onTouched } = context;
  const { mode, styles } = config;
  const language = config.locale ?? libraryLocale(locale);
  // Where the page brings its own style sheet, ours would only be in its way.
  const all = { ...styles, css: { ...(styles?.disableDefaultStyles ? {} : css), ...styles?.css } };
  return {
    sessionToken,
    mode,
    fields: { [formOf(config)]: fields },
    // An empty object is an error (measured on 1.7.0).
    ...(Object.keys(all.css).length > 0 && { styles: all }),
    ...(language && { locale: language }),
    onPreSubmit: () => {
      if (isOverheard()) return Promise.resolve(false);
      onTouched();
      return mayGoOn(config.onPreSubmit);
    },
  };
}

/** Always a promise of a boolean: anything else leaves the button and the fields disabled for ever (*measured on 1.7.0*). */
async function mayGoOn(ask: PayrocConfig['onPreSubmit']): Promise<boolean> {
  try {
    return (await ask?.()) !== false;
  } catch {
    return false;
  }
}
