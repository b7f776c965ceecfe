namespace Orchestration.Domain.Expressions;

/// <summary>Leaves the lexer; caught in <see cref="Expression.Parse"/> and never seen outside.</summary>
internal sealed class ExpressionSyntaxException(string message, int position) : Exception(message)
{
    internal int Position => position;
}
