/**
 * Renders lit's templates, which are HTML, in a document of XML as well: while they render, each `<template>` belongs to a document of HTML.
 * Such a page has the type `application/xhtml+xml`.
 */
export function withHtmlTemplates(render: () => void): void {
  if (document.contentType === 'text/html') return render();
  const { createElement } = document;
  const { implementation } = document;
  document.createElement = (name: string, options?: ElementCreationOptions) =>
    createElement.call(name === 'template' ? implementation.createHTMLDocument('') : document, name, options);
  try {
    render();
  } finally {
    document.createElement = createElement;
  }
}
