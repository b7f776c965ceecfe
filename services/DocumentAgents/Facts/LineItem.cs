using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Facts;

/// <summary>One line of an order, a delivery or an invoice.</summary>
/// <param name="Id">The number of the line in its document.</param>
/// <param name="UnitPrice">Price of one unit: the price divided by its base quantity.</param>
internal sealed record LineItem(string Id, decimal? Quantity, decimal? UnitPrice, decimal? Amount, Place Place)
{
    /// <summary>Name and description, whichever are given.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Article numbers with their kind, e.g. <c>seller:JB007</c>.</summary>
    public ImmutableArray<string> Articles { get; init; } = [];

    public string? Unit { get; init; }

    /// <summary>The line of the order this line answers, where the document says so.</summary>
    public string? OrderLine { get; init; }
}
