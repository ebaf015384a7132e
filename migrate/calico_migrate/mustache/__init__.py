"""Mustache as the two engines of DC/OS understand it, with a record of where each output character came from.

`tokens.parse` turns a template into a tree once. `package_manager.render` (a package's
``marathon.json.mustache``) and `scheduler.render` (an SDK service specification) render it; both give a
`rendering.Rendering`, which maps a span of its text back to the template. `settings` chooses the settings
of the sections under which every line of a template is shown.

    template = tokens.parse(text)
    rendering = scheduler.render(template, {"ENABLE_VIRTUAL_NETWORK": "true"})
    origin = rendering.origin(start, end)
    if origin.span is not None:        # literal text of the template, in one piece
        text[origin.span.start : origin.span.end]
    else:
        origin.tags                    # the value tags that it came from
"""
