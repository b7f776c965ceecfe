using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>
/// One use of a name by an expression: <c>steps.extract.output</c> has root <c>steps</c> and members <c>extract</c>, <c>output</c>.
/// </summary>
/// <param name="Root">The first name.</param>
/// <param name="Members">The members that are written out, at most two; fewer when the rest is computed.</param>
/// <param name="Position">Where it stands in the expression, from 0.</param>
public sealed record NameUse(string Root, ImmutableArray<string> Members, int Position);

/// <summary>A call of a function that does not exist.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Position">Where it stands in the expression, from 0.</param>
public sealed record UnknownCall(string Name, int Position);

/// <summary>Finds the free names of an expression: all but the variables of its macros.</summary>
internal static class NameFinder
{
    internal static void Find(Node node, ImmutableHashSet<string> bound, List<NameUse> uses, List<UnknownCall> unknown)
    {
        if (AsUse(node, bound) is { } use)
        {
            uses.Add(use);
            VisitComputedIndexes(node, bound, uses, unknown);
            return;
        }

        if (node is Call { IsKnown: false } call)
        {
            unknown.Add(new UnknownCall(call.Name, call.Position));
        }

        foreach (Node child in node.Children)
        {
            bool seesVariable = node is Comprehension comprehension && child != comprehension.Range;
            Find(child, seesVariable ? bound.Add(((Comprehension)node).Variable) : bound, uses, unknown);
        }
    }

    private static NameUse? AsUse(Node node, ImmutableHashSet<string> bound)
    {
        ImmutableArray<string> members = [];
        while (node is Select or IndexAccess)
        {
            (Node operand, string? member) = Step(node);
            members = member is null ? [] : members.Insert(0, member);
            node = operand;
        }

        return node is Identifier name && (name.LeadingDot || !bound.Contains(name.Name)) && TypeNames.Find(Whole(name, members)) is null
            ? new NameUse(name.Name, members[..Math.Min(2, members.Length)], name.Position)
            : null;
    }

    private static (Node Operand, string? Member) Step(Node node) => node switch
    {
        Select select => (select.Operand, select.Field),
        IndexAccess { Index: Literal { Value: StringValue text } } index => (index.Operand, text.Value),
        IndexAccess index => (index.Operand, null),
        _ => (node, null),
    };

    private static string Whole(Identifier name, ImmutableArray<string> members) => string.Join('.', members.Insert(0, name.Name));

    private static void VisitComputedIndexes(Node node, ImmutableHashSet<string> bound, List<NameUse> uses, List<UnknownCall> unknown)
    {
        while (node is Select or IndexAccess)
        {
            if (node is IndexAccess { Index: not Literal } index)
            {
                Find(index.Index, bound, uses, unknown);
            }

            node = Step(node).Operand;
        }
    }
}
