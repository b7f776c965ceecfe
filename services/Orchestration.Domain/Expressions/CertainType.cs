using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>The type that an expression has whenever it has a value at all. Null where that depends on data nobody has declared.</summary>
internal static class CertainType
{
    /// <param name="node">The expression.</param>
    /// <param name="declared">The type of a name followed by members; a computed member is null.</param>
    internal static string? Of(Node node, Func<string, ImmutableArray<string?>, string?> declared) => node switch
    {
        Literal literal => literal.Value.TypeName,
        ListLiteral => "list",
        MapLiteral => "map",
        Logical or Select { IsTest: true } or Unary { Symbol: '!' } => "bool",
        Unary minus => Of(minus.Children[0], declared),
        Binary { Symbol: "+" or "-" or "*" or "/" or "%" } => Common(node.Children[0], node.Children[1], declared),
        Binary => "bool",
        Conditional choice => Common(choice.Children[1], choice.Children[2], declared),
        Comprehension { Macro: Macro.Map or Macro.Filter } => "list",
        Comprehension => "bool",
        Call call => OfFunction(call.Name),
        _ => OfName(node, declared),
    };

    // The difference of two times is none; everything else keeps the type of its operands.
    private static string? Common(Node left, Node right, Func<string, ImmutableArray<string?>, string?> declared) =>
        Of(left, declared) is { } type && type == Of(right, declared) && type != TimestampName ? type : null;

    private const string TimestampName = "google.protobuf.Timestamp";

    private static string? OfFunction(string name) => name switch
    {
        "contains" or "startsWith" or "endsWith" or "matches" => "bool",
        "size" => "int",
        "bool" or "bytes" or "double" or "int" or "string" or "uint" => name,
        "timestamp" => TimestampName,
        "duration" => "google.protobuf.Duration",
        _ => TimeGetters.Names.Contains(name) ? "int" : null,
    };

    private static string? OfName(Node node, Func<string, ImmutableArray<string?>, string?> declared)
    {
        ImmutableArray<string?> members = [];
        while (node is Select or IndexAccess)
        {
            members = members.Insert(
                0, node is Select select ? select.Field : ((node as IndexAccess)!.Index as Literal)?.Value is StringValue text
                ? text.Value
                : null);
            node = node.Children[0];
        }

        return node is Identifier name ? declared(name.Name, members) : null;
    }
}
