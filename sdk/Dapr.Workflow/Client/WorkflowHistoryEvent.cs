namespace Dapr.Workflow.Client;

/// <summary>An event of an instance's history.</summary>
/// <param name="EventId">Id of the action that led to it; -1 when none did.</param>
/// <param name="EventType">What happened.</param>
/// <param name="Timestamp">When, UTC.</param>
public sealed record WorkflowHistoryEvent(int EventId, WorkflowHistoryEventType EventType, DateTime Timestamp);
