using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>Turns calls that are macros into their nodes; any other stays a call.</summary>
internal static class Macros
{
    internal static (Node? Node, ExpressionError? Error) Expand(Token name, Node? target, ImmutableArray<Node> arguments) =>
        (name.Text, target, arguments.Length) switch
    {
        ("has", null, 1) => Has(name, arguments[0]),
        ("all", { } range, 2) => Make(name, Macro.All, range, arguments),
        ("exists", { } range, 2) => Make(name, Macro.Exists, range, arguments),
        ("exists_one" or "existsOne", { } range, 2) => Make(name, Macro.ExistsOne, range, arguments),
        ("filter", { } range, 2) => Make(name, Macro.Filter, range, arguments),
        ("map", { } range, 2 or 3) => Make(name, Macro.Map, range, arguments),
        (_, null, _) => (new Call(name.Position, name.Text, hasTarget: false, arguments), null),
        _ => (new Call(name.Position, name.Text, hasTarget: true, arguments.Insert(0, target)), null),
    };

    private static (Node?, ExpressionError?) Has(Token name, Node argument) => argument is Select { IsTest: false } select
        ? (new Select(name.Position, select.Operand, select.Field, test: true), null)
        : (null, new ExpressionError("has() takes a field selection, for example has(inputs.name)", argument.Position));

    private static (Node?, ExpressionError?) Make(Token name, Macro macro, Node range, ImmutableArray<Node> arguments) =>
        arguments[0] is Identifier { LeadingDot: false } variable
            ? (new Comprehension(name.Position, macro, range, variable.Name, arguments.Length == 3 ? arguments[1] : null, arguments[^1]),
                null)
            : (null, new ExpressionError($"the first argument of {name.Text}() is the name of a variable", arguments[0].Position));
}
