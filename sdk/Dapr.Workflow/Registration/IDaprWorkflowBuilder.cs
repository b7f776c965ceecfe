using Dapr.Common;

namespace Dapr.Workflow.Registration;

/// <summary>Continues the registration of workflows.</summary>
public interface IDaprWorkflowBuilder : IDaprServiceBuilder;
