namespace Dapr.Workflow.Abstractions;

/// <summary>Name of a workflow or an activity.</summary>
/// <param name="Name">The name, compared case-insensitively.</param>
public record struct TaskIdentifier(string Name)
{
    /// <summary>Makes an identifier of a name.</summary>
    public static implicit operator TaskIdentifier(string name) => new(name);

    /// <summary>The name.</summary>
    public static implicit operator string(TaskIdentifier identifier) => identifier.Name;
}
