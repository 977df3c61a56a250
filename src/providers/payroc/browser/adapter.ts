import { transform, union } from '../../../shared/zod-schemas.js';
import { onAbort } from '../../../shared/signals.js';
import { canonicalToken } from '../../../endpoint/canonical-token.js';
import type { MountContext, Provider, ProviderToken } from '../../provider.js';
import { waitUntilOperable } from '../../../page/wait-until-operable.js';
import { assets } from '../assets.js';
import { payrocConfig, type PayrocConfig } from './config.js';
import { errorAnswer, forms, sessionLifetime } from '../contract.js';
import type { ErrorAnswer, PayrocForm } from '../contract.js';
import { areFramesShown, nameFrames, shownFrameSelector, observeFieldFocus } from './frames.js';
import { createFormLayout, type Layout } from './layout.js';
import { addListeners, type HostedFields, type Listener } from './add-listeners.js';
import { trackMessageSource } from './track-message-source.js';
import { createPageLayout } from './page-layout.js';
import { getLabels, getLibraryLocale, type Labels } from './labels.js';
import { Promise } from '../../../shared/natives.js';

type HostedFieldsConstructor = new (options: object) => HostedFields;

/** Milliseconds. The library reports a form that does not load only after 35 s or more, if at all (*measured on 1.7.0*). */
const readyLimit = 20_000;

/** The adapter of Payroc Hosted Fields. Every field is an iframe of Payroc's, so the page never holds card data. */
export const payroc: Provider<PayrocConfig> = {
  assets,
  token: union(transform(errorAnswer, readRefusal), canonicalToken),
  config: payrocConfig,
  lifetime: sessionLifetime,
  agesWhileOpen: true,
  pricedLater: true,

  async mount(context) {
    const labels = getLabels(context.locale, context.config);
    const layout = createLayout(context, labels);
    const { failed, setOpen } = openForm(context, layout, labels);
    const { container, signal } = context;
    const shown = waitUntilOperable(container, {
      limit: readyLimit,
      isReady: () => areFramesShown(layout.targets),
      operable: shownFrameSelector,
      signal,
      roots: [...layout.targets.values()],
    });
    await Promise.race([shown, failed]);
    setOpen();
  },
};

/** Reads an error of Payroc's that the endpoint passed on with a success status. */
function readRefusal({ title }: ErrorAnswer): ProviderToken {
  return { refusal: title };
}

function createLayout({ config, container, signal, onRemoved }: MountContext<PayrocConfig>, labels: Labels): Layout {
  const form = getFormName(config);
  const fields = config.fields?.[form];
  if (!fields) return createFormLayout({ form, labels, container, signal });
  return createPageLayout({ form, fields, button: labels.submit, container, signal, onRemoved });
}

/** Returns the form that the page has targets for; else the one that the endpoint names, or `card`. */
function getFormName({ fields, form = 'card' }: PayrocConfig): PayrocForm {
  return forms.find((name) => fields?.[name]) ?? form;
}

/**
 * Constructs and initialises the form. `initialize()` resolves even when it fails. Failures arrive only as `error` events, some of
 * them before it returns (*measured on 1.7.0*).
 */
function openForm(context: MountContext<PayrocConfig>, layout: Layout, labels: Labels): Listener {
  const { library, signal, onTouched } = context;
  const isFromOtherForm = trackMessageSource(layout.targets, signal);
  const form = new (library as HostedFieldsConstructor)(createOptions(context, layout, isFromOtherForm));
  onAbort(signal, () => form.destroy?.());
  nameFrames(layout.targets, (field) => labels[field as keyof Labels], signal);
  observeFieldFocus(layout.targets, onTouched, signal);
  const listener = addListeners(form, { context, layout, labels }, isFromOtherForm);
  void form.initialize().catch(() => {});
  return listener;
}

function createOptions(context: MountContext<PayrocConfig>, { fields, css }: Layout, isFromOtherForm: () => boolean): object {
  const { token: sessionToken, config, locale, onTouched } = context;
  const { mode, styles } = config;
  const language = config.locale ?? getLibraryLocale(locale);
  // A page that disables the default styles brings its own, and ours would override them.
  const allStyles = { ...styles, css: { ...(styles?.disableDefaultStyles ? {} : css), ...styles?.css } };
  return {
    sessionToken,
    mode,
    fields: { [getFormName(config)]: fields },
    // The library refuses an empty object (measured on 1.7.0).
    ...(Object.keys(allStyles.css).length > 0 && { styles: allStyles }),
    ...(language && { locale: language }),
    onPreSubmit: () => {
      if (isFromOtherForm()) return Promise.resolve(false);
      onTouched();
      return callPreSubmit(config.onPreSubmit);
    },
  };
}

/** Returns a promise of a boolean: any other value leaves the button and the fields disabled (*measured on 1.7.0*). */
async function callPreSubmit(callback: PayrocConfig['onPreSubmit']): Promise<boolean> {
  try {
    return (await callback?.()) !== false;
  } catch {
    return false;
  }
}
