import { css } from 'lit';

export const styles = css`
  :host {
    --_accent: var(--pay-checkout-accent, #0b57d0);
    --_radius: var(--pay-checkout-radius, 0.5rem);
    --_line: color-mix(in srgb, currentColor 22%, transparent);
    display: flow-root;
    position: relative;
    font-family: var(--pay-checkout-font, inherit);
    line-height: 1.5;
    text-align: start;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  .over,
  .stage {
    --_height: var(--pay-checkout-min-height, var(--_default, 42rem));
  }

  .stage.reserved {
    min-block-size: var(--_height);
  }

  /* What a provider draws before the state ready must not shift the page. */
  .stage.drawing {
    block-size: var(--_height);
    overflow: clip;
    opacity: 0;
  }

  /* A library that removes its frame leaves the mount with a height. */
  .stage:not(.reserved) ::slotted(:empty) {
    display: none !important;
  }

  [part='progress'] {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-block-size: 4rem;
    padding: 1rem;
    box-sizing: border-box;
  }

  /* With display: contents, the host is no containing block. */
  .over {
    position: relative;
  }

  .over [part='progress'] {
    position: absolute;
    inset: 0 0 auto;
    block-size: min(var(--_height), 60vh);
  }

  [part='spinner'] {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
    border: 0.1875rem solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    /* In one color, the rotation would be invisible. */
    forced-color-adjust: none;
    animation: turn 0.9s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part='spinner'] {
      animation-duration: 6s;
    }
  }

  [part='message'] {
    display: flex;
    gap: 0.75rem;
    padding: 1rem;
    border: 1px solid var(--_line);
    border-inline-start: 0.25rem solid var(--_tone, var(--_accent));
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  [part='message']::before {
    content: var(--_sign) / '';
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    border-radius: 50%;
    background: var(--_tone, var(--_accent));
    color: #fff;
    font-weight: 700;
    line-height: 1.5rem;
    text-align: center;
    forced-color-adjust: none;
  }

  /* The margins of the page's own paragraphs would move them away from the sign. */
  [part='message'] ::slotted(*) {
    margin-block: 0 !important;
  }

  .succeeded {
    --_tone: #14703c;
    --_sign: '✓';
  }

  .pending {
    --_sign: '…';
  }

  /* The form stays below the message. */
  .pending,
  .expired {
    margin-block-end: 1rem;
  }

  .cancelled,
  .expired {
    --_tone: #5f6368;
    --_sign: 'i';
  }

  .failed {
    --_tone: #b3261e;
    --_sign: '!';
  }

  button {
    display: block;
    inline-size: 100%;
    margin-block-start: 0.75rem;
    padding: 0.75rem 1.25rem;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: #fff;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button:hover {
    filter: brightness(1.1);
  }

  button:focus-visible,
  [tabindex]:focus-visible {
    /* On a dark page, the accent alone has too little contrast. */
    outline: 0.1875rem solid color-mix(in srgb, var(--_accent) 75%, currentColor);
    outline-offset: 0.125rem;
  }

  @media (min-width: 30rem) {
    button {
      inline-size: auto;
      min-inline-size: 12rem;
    }
  }
`;
